namespace ExtAuthz.Demo;

/// <summary>Something that the demo needs is not there; the message is one line for the user, with what mends it.</summary>
internal sealed class CannotStartException(string message, Exception? cause = null) : Exception(message, cause);
