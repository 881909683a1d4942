using System.Net;
using System.Net.Sockets;
using ExtAuthz.EndToEnd.Programs;
using ExtAuthz.EndToEnd.Scripts;

namespace ExtAuthz.EndToEnd.Demo;

/// <summary>The demo as a program: ports, signals, the upstream alone.</summary>
public sealed class DemoProgramTests
{
    private static readonly string[] FreePorts = ["--edge-port", "0", "--grpc-port", "0", "--provider-port", "0", "--upstream-port", "0"];

    [Theory]
    [InlineData("INT", "workos")]
    [InlineData("TERM", "workos")]
    [InlineData("TERM", "oidc")]
    public async Task Demo_shows_a_page_through_the_gateway_and_stops_on_a_signal_with_its_provider(string signal, string providerOption)
    {
        if (providerOption is "oidc")
        {
            NodeScript.RequirePackages(NodeScript.OidcProviderFolder);
        }

        await using var demo = ChildProgram.Start("ExtAuthz.Demo", [], [.. FreePorts, "--provider", providerOption]);
        var address = (await demo.LineAsync("Open")).Split(' ')[^1];
        var provider = (await demo.LineAsync("Provider")).Split(' ')[^1];
        await demo.LineAsync("Ctrl-C");
        using var browser = new HttpClient { DefaultRequestHeaders = { { "Accept", "text/html" } } };

        (await browser.GetStringAsync(address, TestContext.Current.CancellationToken)).ShouldContain("Nobody is signed in");
        await demo.SignalAsync(signal);
        var (exitCode, output, error) = await demo.EndAsync();

        exitCode.ShouldBe(0, error);
        (output + error).ShouldBeEmpty();
        await Should.ThrowAsync<HttpRequestException>(() => browser.GetAsync(provider, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Port_that_is_taken_is_told_in_one_line_with_its_option()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var demo = ChildProgram.Start("ExtAuthz.Demo", [], [.. FreePorts[2..], "--edge-port", $"{port}"]);
        var (exitCode, output, error) = await demo.EndAsync();

        exitCode.ShouldNotBe(0);
        output.ShouldBeEmpty();
        error.TrimEnd().ShouldBe($"Port {port} can not be used (AddressAlreadyInUse); choose another with --edge-port, or 0 for any free one.");
    }

    [Fact]
    public async Task Missing_Node_is_told_in_one_line_with_what_to_do()
    {
        NodeScript.RequirePackages(NodeScript.OidcProviderFolder);
        await using var demo = ChildProgram.Start("ExtAuthz.Demo", [new("PATH", AppContext.BaseDirectory)], [.. FreePorts, "--provider", "oidc"]);
        var (exitCode, output, error) = await demo.EndAsync();

        exitCode.ShouldNotBe(0);
        output.ShouldBeEmpty();
        error.TrimEnd().ShouldBe($"Node.js 20 or later is not on the PATH: install it, then run npm ci --prefix {NodeScript.OidcProviderFolder}.");
    }

    [Fact]
    public async Task Upstream_alone_shows_headers_but_no_secret_and_no_markup_of_a_client()
    {
        const string secret = "Fe26.2*1*secret~2";
        await using var demo = ChildProgram.Start("ExtAuthz.Demo", [], "--echo", "--upstream-port", "0");
        var address = (await demo.LineAsync("Upstream")).Split(' ')[^1].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        using var client = new HttpClient
        {
            DefaultRequestHeaders = { { "x-auth-user-id", "<script>" }, { "x-workos-session", secret }, { "cookie", $"a=1; wos-session={secret}" } },
        };

        var json = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = await client.GetAsync(address, TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        json.ShouldContain("[sealed session, 17 characters");
        (json + html).ShouldNotContain(secret);
        html.ShouldContain("You are &lt;script&gt;");
        html.ShouldNotContain("<script>");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none';");
    }
}
