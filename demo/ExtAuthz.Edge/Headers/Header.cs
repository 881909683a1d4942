namespace ExtAuthz.Edge.Headers;

/// <summary>One header line. The value holds one char a byte (ISO-8859-1), for Envoy keeps bytes and not text.</summary>
internal readonly record struct Header(string Name, string Value);
