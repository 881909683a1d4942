namespace ExtAuthz.Demo;

/// <summary>A port is not free; the message is one line for the user, with the option that changes it.</summary>
internal sealed class PortTakenException(string message, Exception cause) : Exception(message, cause);
