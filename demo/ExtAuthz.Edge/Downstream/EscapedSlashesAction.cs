namespace ExtAuthz.Edge.Downstream;

/// <summary>What becomes of a path that holds <c>%2F</c> or <c>%5C</c> (<c>path_with_escaped_slashes_action</c>).</summary>
public enum EscapedSlashesAction
{
    KeepUnchanged,
    Reject,
    UnescapeAndRedirect,
    UnescapeAndForward,
}
