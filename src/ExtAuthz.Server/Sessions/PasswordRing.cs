using System.Collections.Immutable;
using System.Text;

namespace ExtAuthz.Server.Sessions;

/// <summary>The cookie passwords by id: one seals, each opens what bears its id. So passwords rotate without signing anyone out.</summary>
internal sealed class PasswordRing
{
    /// <summary>The shortest password, in UTF-16 units, as iron counts them.</summary>
    public const int MinLength = 32;

    private readonly ImmutableArray<SealPassword> _passwords;

    /// <summary>Takes the passwords by id; a single one has the id 1.</summary>
    /// <param name="passwords">The passwords.</param>
    /// <param name="sealing">The id of the one that seals; null for the highest, as iron-session has it.</param>
    /// <exception cref="ArgumentException">There is none, one is too short, or the one that seals is missing.</exception>
    public PasswordRing(IReadOnlyDictionary<int, string> passwords, int? sealing = null)
    {
        if (passwords.Count == 0)
        {
            throw new ArgumentException("At least one cookie password is needed.", nameof(passwords));
        }

        foreach (var (id, password) in passwords)
        {
            if (password.Length < MinLength)
            {
                throw new ArgumentException($"The cookie password {id} has fewer than {MinLength} characters.", nameof(passwords));
            }
        }

        var first = sealing ?? passwords.Keys.Max();
        if (!passwords.ContainsKey(first))
        {
            throw new ArgumentException($"There is no cookie password {first} to seal with.", nameof(sealing));
        }

        _passwords = [.. passwords.OrderByDescending(entry => entry.Key == first).Select(entry => new SealPassword(entry.Key, Encoding.UTF8.GetBytes(entry.Value)))];
    }

    /// <summary>The one that seals.</summary>
    public SealPassword Sealing => _passwords[0];

    /// <summary>Whether there are several: the password is being changed.</summary>
    public bool HasSeveral => _passwords.Length > 1;

    /// <summary>Finds a password by the id in a seal; ids compare as text, so <c>01</c> is not <c>1</c>.</summary>
    public SealPassword? Find(ReadOnlySpan<byte> id)
    {
        foreach (var password in _passwords)
        {
            if (id.SequenceEqual(password.Id))
            {
                return password;
            }
        }

        return null;
    }

    /// <summary>A placeholder; passwords never appear in text.</summary>
    public override string ToString() => "[cookie passwords]";
}
