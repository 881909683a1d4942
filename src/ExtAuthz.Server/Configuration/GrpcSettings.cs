using System.Net;

namespace ExtAuthz.Server.Configuration;

/// <summary>Where and how Envoy's calls are taken.</summary>
/// <param name="EndPoint">The address to listen at; port 0 lets the system choose.</param>
/// <param name="Tls">TLS; null for cleartext HTTP/2.</param>
/// <param name="ShutdownDelay">How long calls are still taken after the health check began to fail.</param>
internal sealed record GrpcSettings(IPEndPoint EndPoint, GrpcTlsSettings? Tls, TimeSpan ShutdownDelay);
