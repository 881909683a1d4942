using ExtAuthz.Edge;
using ExtAuthz.Edge.Downstream;

namespace ExtAuthz.EndToEnd.Edge;

public sealed class ConnectionManagerTests
{
    [Theory]
    [InlineData("/a/b?c=/../%2f#", null)]
    [InlineData("/a#b", null)]
    [InlineData("/a%2Fb", null)]
    [InlineData("/a%5cb", null)]
    [InlineData("/a%00b", null)]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("/a/%2e%2E/c", "/c")]
    [InlineData("/../..", "/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("/a\\b", "/a/b")]
    [InlineData("//admin///x//", "/admin/x/")]
    [InlineData("/%41%7e%2B%252f", "/A~%2B%252f")]
    [InlineData("/a;p=1/b|c%zz", "/a;p=1/b%7Cc%zz")]
    [InlineData("/a?x=//..%2f/./\\", "/a?x=//..%2f/./\\")]
    public void A_path_is_normalised_in_the_order_of_Envoy_or_refused(string target, string? expected)
    {
        var admission = Admit(Requests.Raw(target));

        if (expected is null)
        {
            admission.ShouldBeOfType<Admission.Rejected>().Reply.Status.ShouldBe(400);
        }
        else
        {
            admission.ShouldBeOfType<Admission.Accepted>().Request.Path.ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(EscapedSlashesAction.KeepUnchanged, "/a%2F%5Cb", false)]
    [InlineData(EscapedSlashesAction.UnescapeAndForward, "/a/b", false)]
    [InlineData(EscapedSlashesAction.UnescapeAndRedirect, "/a/b", true)]
    public void Escaped_slashes_are_kept_unescaped_or_redirected(EscapedSlashesAction action, string path, bool isRedirect)
    {
        var admission = Admit(Requests.Raw("/a%2F%5Cb?q=%2F"), new EdgeOptions { EscapedSlashes = action });

        if (isRedirect)
        {
            var reply = admission.ShouldBeOfType<Admission.Rejected>().Reply;
            reply.Status.ShouldBe(307);
            reply.Headers.ShouldHaveSingleItem().Value.ShouldBe(path + "?q=%2F");
        }
        else
        {
            admission.ShouldBeOfType<Admission.Accepted>().Request.Path.ShouldBe(path + "?q=%2F");
        }
    }

    [Fact]
    public void A_gRPC_request_is_refused_where_another_would_be_redirected()
    {
        var options = new EdgeOptions { EscapedSlashes = EscapedSlashesAction.UnescapeAndRedirect };

        Admit(Requests.Raw("/a%2Fb", lines: ("content-type", "application/grpc")), options)
            .ShouldBeOfType<Admission.Rejected>().Reply.Status.ShouldBe(400);
    }

    [Fact]
    public void Without_the_three_settings_a_path_is_left_alone()
    {
        var options = new EdgeOptions { NormalizePath = false, MergeSlashes = false, EscapedSlashes = EscapedSlashesAction.KeepUnchanged };

        Admit(Requests.Raw("//a/../%2f\\%41"), options).ShouldBeOfType<Admission.Accepted>().Request.Path.ShouldBe("//a/../%2f\\%41");
    }

    [Fact]
    public void A_request_that_Envoy_would_not_filter_is_answered_at_once()
    {
        Status(Requests.Raw("*", "OPTIONS")).ShouldBe(404);
        Status(Requests.Raw() with { Host = "" }).ShouldBe(400);
        Status(Requests.Raw(protocol: "HTTP/1.0")).ShouldBe(426);
    }

    [Fact]
    public void A_plain_CONNECT_has_an_empty_path_and_is_checked()
    {
        var request = Admit(Requests.Raw("app.example.com:443", "CONNECT")).ShouldBeOfType<Admission.Accepted>().Request;

        request.Path.ShouldBeEmpty();
        request.Method.ShouldBe("CONNECT");
    }

    private static Admission Admit(RawRequest raw, EdgeOptions? options = null) =>
        ConnectionManager.Admit(Requests.Downstream(raw), options ?? new EdgeOptions());

    private static int Status(RawRequest raw) => Admit(raw).ShouldBeOfType<Admission.Rejected>().Reply.Status;
}
