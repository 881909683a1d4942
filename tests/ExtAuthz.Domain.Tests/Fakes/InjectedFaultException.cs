namespace ExtAuthz.Domain.Tests.Fakes;

/// <summary>A fault that only a test can have caused.</summary>
#pragma warning disable RCS1194 // nobody needs the other constructors
internal sealed class InjectedFaultException() : Exception("injected");
#pragma warning restore RCS1194
