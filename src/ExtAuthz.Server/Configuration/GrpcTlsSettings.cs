namespace ExtAuthz.Server.Configuration;

/// <summary>PEM files for TLS towards Envoy. Paths, not contents: the files are renewed while the service runs.</summary>
/// <param name="CertificatePath">The certificate, then its intermediates.</param>
/// <param name="KeyPath">Its private key, unencrypted.</param>
/// <param name="ClientCaPath">The authorities that client certificates must come from; null asks for no client certificate.</param>
internal sealed record GrpcTlsSettings(string CertificatePath, string KeyPath, string? ClientCaPath);
