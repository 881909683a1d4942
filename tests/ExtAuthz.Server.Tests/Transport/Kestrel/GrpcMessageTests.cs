namespace ExtAuthz.Server.Tests.Transport.Kestrel;

/// <summary>The grpc-message header.</summary>
public sealed class GrpcMessageTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("The method is unknown.", "The method is unknown.")]
    [InlineData("100 %", "100 %25")]
    [InlineData("a\r\nb", "a%0D%0Ab")]
    [InlineData("é~\u007F", "%C3%A9~%7F")]
    [InlineData("😀", "%F0%9F%98%80")]
    public void All_but_printable_ascii_is_percent_encoded(string text, string encoded) => GrpcMessage.Encode(text).ShouldBe(encoded);
}
