using System.Text;
using System.Text.Json;

namespace ExtAuthz.Domain.Sessions;

/// <summary>The signed-in user as the provider described it.</summary>
/// <param name="Id">The provider's user id; must equal the subject of the access token.</param>
/// <param name="Email">The e-mail address, if the provider told one.</param>
/// <param name="Json">AuthKit's camelCase user object as JSON text, carried unchanged from seal to seal.</param>
public sealed record SessionUser(string Id, string? Email, string Json)
{
    /// <summary>The user without the values of some members. Applications look into <c>metadata</c> unasked, so it stays, empty.</summary>
    public SessionUser Without(Func<string, bool> names)
    {
        ReadOnlySpan<byte> json = Encoding.UTF8.GetBytes(Json);
        var reader = new Utf8JsonReader(json);
        var kept = new List<string>();
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var name = JsonText.ReadString(ref reader) ?? "";
            reader.Read();
            reader.Skip();
            if (!names(name))
            {
                kept.Add(Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]));
            }
            else if (name is "metadata")
            {
                kept.Add("\"metadata\":{}");
            }
        }

        return this with { Json = $"{{{string.Join(',', kept)}}}" };
    }

    /// <summary>The id alone: the rest is personal data.</summary>
    public override string ToString() => $"user {Id}";
}
