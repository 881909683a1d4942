namespace ExtAuthz.Server.Tests.Configuration;

/// <summary>Every rule has an example that breaks it alone.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("WORKOS_CLIENT_ID=", "ExtAuthz:ClientId (WORKOS_CLIENT_ID)", "missing")]
    [InlineData("ExtAuthz:ClientId=client 1", "ExtAuthz:ClientId (WORKOS_CLIENT_ID)", "space")]
    [InlineData("WORKOS_API_KEY=", "ExtAuthz:ApiKey (WORKOS_API_KEY)", "missing")]
    [InlineData("ExtAuthz:ApiKey=sk_ä", "ExtAuthz:ApiKey (WORKOS_API_KEY)", "non-ASCII")]
    [InlineData("WORKOS_COOKIE_PASSWORD=", "ExtAuthz:CookiePassword (WORKOS_COOKIE_PASSWORD)", "You must provide a valid cookie password that is at least 32 characters.")]
    [InlineData("WORKOS_COOKIE_PASSWORD=31-characters-are-not-enough-31", "ExtAuthz:CookiePassword:1 (WORKOS_COOKIE_PASSWORD)", "at least 32 characters. This one has 31")]
    [InlineData("WORKOS_COOKIE_PASSWORD=1:correct-horse-battery-staple-4242,2:short", "ExtAuthz:CookiePassword:2 (WORKOS_COOKIE_PASSWORD)", "has 5")]
    [InlineData("WORKOS_COOKIE_PASSWORD=1:correct-horse-battery-staple-4242,correct-horse-battery-staple-4242", "ExtAuthz:CookiePassword (WORKOS_COOKIE_PASSWORD)", "not id:secret")]
    [InlineData("WORKOS_COOKIE_PASSWORD=1:correct-horse-battery-staple-4242&ExtAuthz:CookiePasswordId=2", "ExtAuthz:CookiePasswordId", "no password of this number")]
    [InlineData("WORKOS_COOKIE_PASSWORD=1:correct-horse-battery-staple-4242,1:battery-staple-correct-horse-4242", "ExtAuthz:CookiePassword (WORKOS_COOKIE_PASSWORD)", "two secrets")]
    [InlineData("WORKOS_COOKIE_PASSWORD=0:correct-horse-battery-staple-4242", "ExtAuthz:CookiePassword (WORKOS_COOKIE_PASSWORD)", "whole number of at least 1")]
    [InlineData("ExtAuthz:CookiePassword:new=correct-horse-battery-staple-4242", "ExtAuthz:CookiePassword (WORKOS_COOKIE_PASSWORD)", "whole number of at least 1")]
    [InlineData("WORKOS_REDIRECT_URI=", "ExtAuthz:RedirectUri (WORKOS_REDIRECT_URI or NEXT_PUBLIC_WORKOS_REDIRECT_URI)", "You must provide a redirect URI in the middleware or environment.")]
    [InlineData("WORKOS_REDIRECT_URI=/callback", "ExtAuthz:RedirectUri", "not an absolute")]
    [InlineData("WORKOS_REDIRECT_URI=app.example.com/callback", "ExtAuthz:RedirectUri", "not an absolute")]
    [InlineData("WORKOS_REDIRECT_URI=https:app.example.com/callback", "ExtAuthz:RedirectUri", "not an absolute")]
    [InlineData("WORKOS_REDIRECT_URI=file:///etc/passwd", "ExtAuthz:RedirectUri", "not an absolute")]
    [InlineData("WORKOS_REDIRECT_URI=javascript:alert(1)", "ExtAuthz:RedirectUri", "not an absolute")]
    [InlineData("WORKOS_REDIRECT_URI=https://app.example.com/call back", "ExtAuthz:RedirectUri", "space")]
    [InlineData("WORKOS_REDIRECT_URI=https://user:pass@app.example.com/callback", "ExtAuthz:RedirectUri", "password")]
    [InlineData("WORKOS_REDIRECT_URI=https://app.example.com/callback#top", "ExtAuthz:RedirectUri", "fragment")]
    [InlineData("WORKOS_REDIRECT_URI=http://app.example.com/callback", "ExtAuthz:RedirectUri", "It is http")]
    [InlineData("WORKOS_REDIRECT_URI=https://app.example.com", "ExtAuthz:RedirectUri", "start page")]
    [InlineData("ExtAuthz:PublicOrigin=https://app.example.com/app", "ExtAuthz:PublicOrigin", "path or a query")]
    [InlineData("ExtAuthz:PublicOrigin=https://app.example.com?x", "ExtAuthz:PublicOrigin", "path or a query")]
    [InlineData("ExtAuthz:PublicOrigin=http://app.example.com", "ExtAuthz:PublicOrigin", "It is http")]
    [InlineData("ExtAuthz:PublicOrigin=app.example.com", "ExtAuthz:PublicOrigin", "not an absolute")]
    [InlineData("ExtAuthz:CookieName=", "ExtAuthz:CookieName (WORKOS_COOKIE_NAME)", "not a cookie name")]
    [InlineData("WORKOS_COOKIE_NAME=my session", "ExtAuthz:CookieName", "not a cookie name")]
    [InlineData("WORKOS_COOKIE_NAME=a=b", "ExtAuthz:CookieName", "not a cookie name")]
    [InlineData("WORKOS_COOKIE_NAME=wos-auth-verifier-1", "ExtAuthz:CookieName", "another cookie")]
    [InlineData("WORKOS_COOKIE_NAME=workos-access-token", "ExtAuthz:CookieName", "another cookie")]
    [InlineData("WORKOS_COOKIE_NAME=__Host-session&WORKOS_COOKIE_DOMAIN=example.com", "ExtAuthz:CookieName", "with a Domain")]
    [InlineData("WORKOS_COOKIE_NAME=__secure-session&WORKOS_REDIRECT_URI=http://localhost:3000/callback", "ExtAuthz:CookieName", "without https")]
    [InlineData("WORKOS_COOKIE_DOMAIN=com", "ExtAuthz:CookieDomain (WORKOS_COOKIE_DOMAIN)", "not a domain")]
    [InlineData("WORKOS_COOKIE_DOMAIN=example.com; Path=/", "ExtAuthz:CookieDomain", "not a domain")]
    [InlineData("WORKOS_COOKIE_DOMAIN=ample.com", "ExtAuthz:CookieDomain", "app.example.com is not in this domain")]
    [InlineData("WORKOS_COOKIE_MAX_AGE=abc", "ExtAuthz:CookieMaxAge (WORKOS_COOKIE_MAX_AGE)", "'abc' is not a whole number")]
    [InlineData("WORKOS_COOKIE_MAX_AGE=12.9abc", "ExtAuthz:CookieMaxAge", "not a whole number")]
    [InlineData("WORKOS_COOKIE_MAX_AGE=99999999999", "ExtAuthz:CookieMaxAge", "not a whole number")]
    [InlineData("WORKOS_COOKIE_MAX_AGE=0", "ExtAuthz:CookieMaxAge", "outlive")]
    [InlineData("WORKOS_COOKIE_MAX_AGE=-5", "ExtAuthz:CookieMaxAge", "outlive")]
    [InlineData("WORKOS_COOKIE_SAMESITE=sometimes", "ExtAuthz:CookieSameSite (WORKOS_COOKIE_SAMESITE or WORKOS_COOKIE_SAME_SITE)", "not one of Lax, Strict, None")]
    [InlineData("WORKOS_COOKIE_SAMESITE=1", "ExtAuthz:CookieSameSite", "not one of Lax, Strict, None")]
    [InlineData("WORKOS_COOKIE_SAMESITE=None&ExtAuthz:UnsafeAllowHttp=true&WORKOS_REDIRECT_URI=http://app.example.com/callback", "ExtAuthz:CookieSameSite", "without https")]
    [InlineData("WORKOS_API_HOSTNAME=https://api.workos.com", "ExtAuthz:ApiHostname (WORKOS_API_HOSTNAME)", "not a host name")]
    [InlineData("WORKOS_API_HOSTNAME=api.workos.com:443", "ExtAuthz:ApiHostname", "not a host name")]
    [InlineData("WORKOS_API_HOSTNAME=api.workos.com/v1", "ExtAuthz:ApiHostname", "not a host name")]
    [InlineData("WORKOS_API_HOSTNAME=::1", "ExtAuthz:ApiHostname", "not a host name")]
    [InlineData("WORKOS_API_HOSTNAME=169.254.169.254", "ExtAuthz:ApiHostname", "link-local")]
    [InlineData("WORKOS_API_HOSTNAME=2852039166", "ExtAuthz:ApiHostname", "link-local")]
    [InlineData("WORKOS_API_HOSTNAME=[fe80::1]", "ExtAuthz:ApiHostname", "link-local")]
    [InlineData("WORKOS_API_HOSTNAME=[::ffff:169.254.169.254]", "ExtAuthz:ApiHostname", "link-local")]
    [InlineData("WORKOS_API_HOSTNAME=idp.example.com&WORKOS_API_HTTPS=false", "ExtAuthz:ApiHostname", "It is http")]
    [InlineData("WORKOS_API_HTTPS=1", "ExtAuthz:ApiHttps (WORKOS_API_HTTPS)", "'1' is not true or false")]
    [InlineData("WORKOS_API_PORT=https", "ExtAuthz:ApiPort (WORKOS_API_PORT)", "'https' is not a whole number")]
    [InlineData("WORKOS_API_PORT=70000", "ExtAuthz:ApiPort", "not a port")]
    [InlineData("WORKOS_ISSUER=https://api.workos.com,api.workos.com", "ExtAuthz:Issuer:1 (WORKOS_ISSUER)", "not an absolute")]
    [InlineData("WORKOS_ISSUER=https://api.workos.com,", "ExtAuthz:Issuer:1", "not an absolute")]
    [InlineData("ExtAuthz:MiddlewareAuth:Enabled=yes", "ExtAuthz:MiddlewareAuth:Enabled", "'yes' is not true or false")]
    [InlineData("ExtAuthz:MiddlewareAuth=true", "ExtAuthz:MiddlewareAuth", "group of settings")]
    [InlineData("ExtAuthz:MiddlewareAuth:UnauthenticatedPaths=/about", "ExtAuthz:MiddlewareAuth:UnauthenticatedPaths", "It is a list")]
    [InlineData("ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:0=/about&ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:1=/a?b", "ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:1", "/a?b")]
    [InlineData("ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:0=/**", "ExtAuthz:MiddlewareAuth:UnauthenticatedPaths:0", "every path")]
    [InlineData("ExtAuthz:RecentAuthentication:0:MaxAgeSeconds=600", "ExtAuthz:RecentAuthentication:0:Paths", "missing")]
    [InlineData("ExtAuthz:RecentAuthentication:0:Paths:0=/billing", "ExtAuthz:RecentAuthentication:0:MaxAgeSeconds", "missing")]
    [InlineData("ExtAuthz:RecentAuthentication:0:Paths:0=/billing&ExtAuthz:RecentAuthentication:0:MaxAgeSeconds=29", "ExtAuthz:RecentAuthentication:0:MaxAgeSeconds", "shorter than 30 seconds")]
    [InlineData("ExtAuthz:RecentAuthentication:0:Paths:0=/a?b&ExtAuthz:RecentAuthentication:0:MaxAgeSeconds=60", "ExtAuthz:RecentAuthentication:0:Paths:0", "/a?b")]
    [InlineData("ExtAuthz:RecentAuthentication:0:Paths:0=/a&ExtAuthz:RecentAuthentication:0:MaxAgeSeconds=60&ExtAuthz:RecentAuthentication:0:MaxAge=60", "ExtAuthz:RecentAuthentication:0:MaxAge", "no such setting")]
    [InlineData("ExtAuthz:RecentAuthentication=/billing", "ExtAuthz:RecentAuthentication", "It is a list")]
    [InlineData("ExtAuthz:SignUpPaths:0=/signup(", "ExtAuthz:SignUpPaths:0", "/signup(")]
    [InlineData("ExtAuthz:EagerAuth:Enabled=true", "ExtAuthz:EagerAuth", "one value")]
    [InlineData("ExtAuthz:RefreshBufferSeconds=-1", "ExtAuthz:RefreshBufferSeconds", "negative")]
    [InlineData("ExtAuthz:ReplayWindowSeconds=-1", "ExtAuthz:ReplayWindowSeconds", "between 0 and 300")]
    [InlineData("ExtAuthz:RotationGraceMinutes=0", "ExtAuthz:RotationGraceMinutes", "between 1 and 1440")]
    [InlineData("ExtAuthz:RotationGraceMinutes=1441", "ExtAuthz:RotationGraceMinutes", "between 1 and 1440")]
    [InlineData("ExtAuthz:ReplayWindowSeconds=301", "ExtAuthz:ReplayWindowSeconds", "between 0 and 300")]
    [InlineData("ExtAuthz:UnauthenticatedResponse=Allow", "ExtAuthz:UnauthenticatedResponse", "'Allow' is not one of PerClient, Redirect")]
    [InlineData("ExtAuthz:Callback=Ignore", "ExtAuthz:Callback", "not one of Handle, PassThrough")]
    [InlineData("ExtAuthz:ReturnPathname=//evil.example", "ExtAuthz:ReturnPathname", "not a path of this site")]
    [InlineData("ExtAuthz:ReturnPathname=home", "ExtAuthz:ReturnPathname", "not a path of this site")]
    [InlineData("ExtAuthz:SignInPath=/callback", "ExtAuthz:SignInPath", "the callback")]
    [InlineData("ExtAuthz:SignInPath=sign in", "ExtAuthz:SignInPath", "not a path of this site")]
    [InlineData("ExtAuthz:SignOutPath=/sign-in", "ExtAuthz:SignOutPath", "another of our endpoints")]
    [InlineData("ExtAuthz:SessionPath=/a?b", "ExtAuthz:SessionPath", "has a query")]
    [InlineData("ExtAuthz:SignOutReturnTo=//evil.example", "ExtAuthz:SignOutReturnTo", "not a path of this site")]
    [InlineData("ExtAuthz:ForwardSession=Open", "ExtAuthz:ForwardSession", "not one of Sealed")]
    [InlineData("ExtAuthz:IdentityHeaders:Email=x auth email", "ExtAuthz:IdentityHeaders:Email", "not a header name")]
    [InlineData("ExtAuthz:IdentityHeaders:Email=x_auth_email", "ExtAuthz:IdentityHeaders:Email", "not a header name")]
    [InlineData("ExtAuthz:IdentityHeaders:Email=Host", "ExtAuthz:IdentityHeaders:Email", "something else")]
    [InlineData("ExtAuthz:IdentityHeaders:Email=x-workos-session", "ExtAuthz:IdentityHeaders:Email", "something else")]
    [InlineData("ExtAuthz:IdentityHeaders:Email=X-Auth-User-Id", "ExtAuthz:IdentityHeaders:Email", "same name")]
    [InlineData("ExtAuthz:Grpc:Address=localhost", "ExtAuthz:Grpc:Address", "not an IP address")]
    [InlineData("ExtAuthz:Grpc:Port=-1", "ExtAuthz:Grpc:Port", "not a port")]
    [InlineData("ExtAuthz:Grpc:ShutdownDelaySeconds=3600", "ExtAuthz:Grpc:ShutdownDelaySeconds", "300 seconds")]
    [InlineData("ExtAuthz:Grpc:CertificatePath=server.pem", "ExtAuthz:Grpc:CertificateKeyPath", "missing")]
    [InlineData("ExtAuthz:Grpc:ClientCaPath=ca.pem", "ExtAuthz:Grpc:CertificatePath", "not be encrypted")]
    [InlineData("ExtAuthz:Grpc:CertificatePath=no-such.pem&ExtAuthz:Grpc:CertificateKeyPath=no-such.key", "ExtAuthz:Grpc:CertificatePath", "FileNotFoundException")]
    [InlineData("ExtAuthz:Redis:Configuration=redis:6379,user=extauthz,password=correct-horse", "ExtAuthz:Redis:Configuration", "has a user name")]
    [InlineData("ExtAuthz:Redis:Configuration=redis:6379,password=correct-horse,battery=correct-horse", "ExtAuthz:Redis:Configuration", "Its part 3 is neither")]
    [InlineData("ExtAuthz:Redis:Configuration=redis:6379,ssl=perhaps", "ExtAuthz:Redis:Configuration", "Its part 2 is neither")]
    [InlineData("ExtAuthz:Redis:Configuration=redis:99999", "ExtAuthz:Redis:Configuration", "Its part 1 is neither")]
    [InlineData("ExtAuthz:Redis:Configuration=password=correct-horse", "ExtAuthz:Redis:Configuration", "names no server")]
    [InlineData("ExtAuthz:Redis:Configuration=redis&ExtAuthz:Redis:KeyPrefix={app}:", "ExtAuthz:Redis:KeyPrefix", "a brace")]
    [InlineData("ExtAuthz:Redis:Configuration=redis&ExtAuthz:Redis:KeyPrefix=my app:", "ExtAuthz:Redis:KeyPrefix", "space")]
    [InlineData("ExtAuthz:Redis:Configuration=redis&ExtAuthz:Redis:NamePassword=correct-horse", "ExtAuthz:Redis:NamePassword", "13 characters; it needs 32")]
    [InlineData("ExtAuthz:Redis:Configuration=redis&ExtAuthz:Redis:OperationTimeoutMilliseconds=9", "ExtAuthz:Redis:OperationTimeoutMilliseconds", "between 10 and 2000")]
    [InlineData("ExtAuthz:Redis:Configuration=redis&ExtAuthz:Redis:WhenDown=Ignore", "ExtAuthz:Redis:WhenDown", "not one of Local, Defer")]
    [InlineData("ExtAuthz:Redis=redis:6379", "ExtAuthz:Redis", "group of settings")]
    [InlineData("ExtAuthz:Operations:Port=9010", "ExtAuthz:Operations:EventsSecret", "missing")]
    [InlineData("ExtAuthz:Operations:Port=9010&ExtAuthz:Operations:EventsSecret=correct-horse battery", "ExtAuthz:Operations:EventsSecret", "space")]
    [InlineData("ExtAuthz:Operations:Port=9001&ExtAuthz:Operations:EventsSecret=correct-horse", "ExtAuthz:Operations:Port", "Envoy calls")]
    [InlineData("ExtAuthz:Operations:Port=70000&ExtAuthz:Operations:EventsSecret=correct-horse", "ExtAuthz:Operations:Port", "not a port")]
    [InlineData("ExtAuthz:Operations:Port=9010&ExtAuthz:Operations:Address=localhost&ExtAuthz:Operations:EventsSecret=correct-horse", "ExtAuthz:Operations:Address", "IP address")]
    [InlineData("ExtAuthz:CookiePasword=correct-horse-battery-staple-4242", "ExtAuthz:CookiePasword", "no such setting")]
    public void A_fault_names_its_setting_what_is_wrong_and_the_fix(string lines, string setting, string problem)
    {
        var refusal = Written.Refusal(lines.Split('&'));

        var fault = refusal.Faults.ShouldHaveSingleItem();
        fault.Setting.ShouldStartWith(setting);
        fault.Problem.ShouldContain(problem);
        fault.Fix.ShouldNotBeEmpty();
        refusal.ToString().ShouldNotContain("correct-horse");
        refusal.ToString().ShouldNotContain(Written.ApiKey);
    }

    [Fact]
    public void All_faults_are_told_together()
    {
        var refusal = Written.Refusal("WORKOS_COOKIE_PASSWORD=short", "WORKOS_COOKIE_MAX_AGE=abc", "WORKOS_REDIRECT_URI=", "ExtAuthz:Bogus=1");

        refusal.Faults.Length.ShouldBe(4);
        refusal.ToString().ShouldBe("""
            ExtAuthz does not start: 4 faults in its configuration.
            1. ExtAuthz:Bogus
               There is no such setting.
               Remove it; docs/configuration.md lists every setting.
            2. ExtAuthz:CookieMaxAge (WORKOS_COOKIE_MAX_AGE)
               'abc' is not a whole number.
               Write a whole number.
            3. ExtAuthz:RedirectUri (WORKOS_REDIRECT_URI or NEXT_PUBLIC_WORKOS_REDIRECT_URI)
               You must provide a redirect URI in the middleware or environment.
               Write the callback URL registered at WorkOS, such as https://app.example.com/callback.
            4. ExtAuthz:CookiePassword:1 (WORKOS_COOKIE_PASSWORD)
               You must provide a valid cookie password that is at least 32 characters. This one has 5.
               Make one with: openssl rand -base64 32

            """);
    }

    [Fact]
    public void Nothing_written_at_all_is_refused() => Written.Load([]).ShouldBeOfType<ExtAuthz.Server.Configuration.AuthkitConfiguration.Refused>();

    [Theory]
    [InlineData("ExtAuthz:CookiePasword=x", "Did you mean ExtAuthz:CookiePassword?")]
    [InlineData("ExtAuthz:UnauthenticatedPaths:0=/about", "Did you mean ExtAuthz:MiddlewareAuth:UnauthenticatedPaths?")]
    [InlineData("ExtAuthz:MiddlewareAuth:enable=true", "Did you mean ExtAuthz:MiddlewareAuth:Enabled?")]
    [InlineData("ExtAuthz:IdentityHeaders:Enable=true", "Did you mean ExtAuthz:IdentityHeaders:Enabled?")]
    [InlineData("ExtAuthz:OrganizationId=x-org", "Remove it; docs/configuration.md lists every setting.")]
    public void An_unknown_setting_is_told_with_the_nearest_there_is(string line, string fix) =>
        Written.Refusal(line).Faults.ShouldHaveSingleItem().Fix.ShouldBe(fix);

    [Fact]
    public void A_long_value_is_not_shown_for_it_may_be_a_secret_in_the_wrong_place() =>
        Written.Refusal($"ExtAuthz:Debug={Written.Password}").Faults.ShouldHaveSingleItem().Problem.ShouldBe("A value of 33 characters is not true or false.");
}
