using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ExtAuthz.Tests.Shared;

namespace ExtAuthz.Server.Tests.Golden;

/// <summary>The recordings of the reference, with the keys they are signed by and the time they were made at.</summary>
internal sealed class GoldenFile
{
    private static readonly Lazy<GoldenFile> Loaded = new(() => new GoldenFile());

    private readonly Dictionary<string, ECDsa> _ellipticKeys = [];
    private readonly Dictionary<string, RSA> _rsaKeys = [];

    private GoldenFile()
    {
        var golden = FixtureFolder.Open("fixtures/golden.json").RootElement;
        var jwt = FixtureFolder.Open("fixtures/jwt.json").RootElement;
        Password = golden.GetProperty("cookiePassword").GetString()!; // every recording has one
        Scenarios = [.. golden.Items("scenarios").Select(scenario => new GoldenScenario(scenario))];
        JwksText = jwt.GetProperty("keySets").GetProperty("jwks").GetRawText();
        foreach (var key in jwt.GetProperty("testOnlyPrivateKeys").EnumerateObject())
        {
            Import(key.Name, key.Value);
        }

        // States are sealed for ten minutes, and the newest was sealed last.
        var ends = Scenarios.Select(scenario => scenario.StateExpiry).OfType<DateTimeOffset>().ToList();
        Now = ends.Count > 0 ? ends.Max() - TimeSpan.FromMinutes(10) : new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    /// <summary>Whether a signature by this key, under this id, can be verified with the key set of the recordings.</summary>
    public bool IsPublished(string signer, string? keyId) =>
        _rsaKeys.TryGetValue(signer, out var key)
        && JsonDocument.Parse(JwksText).RootElement.GetProperty("keys").EnumerateArray().Any(published =>
            published.TryGetProperty("n", out var modulus) && modulus.GetString() == Base64Url.EncodeToString(key.ExportParameters(false).Modulus)
            && (keyId is null || (published.TryGetProperty("kid", out var id) && id.GetString() == keyId)));

    public static GoldenFile Instance => Loaded.Value;

    public string Password { get; }

    public IReadOnlyList<GoldenScenario> Scenarios { get; }

    public string JwksText { get; }

    public DateTimeOffset Now { get; }

    /// <summary>A signature by a key of the recordings; none for <c>none</c>, a stranger's for a key nobody knows.</summary>
    public byte[] Sign(string signer, byte[] data)
    {
        if (_rsaKeys.TryGetValue(signer, out var rsa))
        {
            return rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        if (_ellipticKeys.TryGetValue(signer, out var elliptic))
        {
            return elliptic.SignData(data, HashAlgorithmName.SHA256);
        }

        return string.Equals(signer, "none", StringComparison.Ordinal) ? [] : new byte[256];
    }

    private void Import(string name, JsonElement key)
    {
        byte[] Member(string member) => Base64Url.DecodeFromChars(key.GetProperty(member).GetString());
        if (string.Equals(key.GetProperty("kty").GetString(), "RSA", StringComparison.Ordinal))
        {
            _rsaKeys[name] = RSA.Create(new RSAParameters
            {
                Modulus = Member("n"),
                Exponent = Member("e"),
                D = Member("d"),
                P = Member("p"),
                Q = Member("q"),
                DP = Member("dp"),
                DQ = Member("dq"),
                InverseQ = Member("qi"),
            });
            return;
        }

        _ellipticKeys[name] = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Member("d"),
            Q = new ECPoint { X = Member("x"), Y = Member("y") },
        });
    }
}
