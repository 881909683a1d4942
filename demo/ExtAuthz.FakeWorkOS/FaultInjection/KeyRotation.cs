namespace ExtAuthz.FakeWorkOS.FaultInjection;

/// <summary>How the signing key is changed.</summary>
internal enum KeyRotation
{
    /// <summary>The old key stays published beside the new one.</summary>
    Overlap,

    /// <summary>Only the new key is published.</summary>
    Replace,
}
