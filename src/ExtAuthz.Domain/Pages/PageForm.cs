namespace ExtAuthz.Domain.Pages;

/// <summary>A button that a page asks to press: it posts to our own site.</summary>
/// <param name="Action">The path and query it posts to.</param>
/// <param name="Text">What the button says.</param>
/// <param name="LeadsTo">Where the answer may redirect to, as a CSP source beside <c>'self'</c>: browsers hold redirects of a form to <c>form-action</c>.</param>
public sealed record PageForm(string Action, string Text, string LeadsTo)
{
    /// <summary>What the button says: the address may have a query.</summary>
    public override string ToString() => Text;
}
