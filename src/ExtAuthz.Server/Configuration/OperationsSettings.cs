using System.Net;
using ExtAuthz.Server.WorkOS;

namespace ExtAuthz.Server.Configuration;

/// <summary>Where events of the provider are taken.</summary>
/// <param name="EndPoint">The address to listen at.</param>
/// <param name="EventsSecret">What the events are signed with.</param>
internal sealed record OperationsSettings(IPEndPoint EndPoint, EventsSecret EventsSecret);
