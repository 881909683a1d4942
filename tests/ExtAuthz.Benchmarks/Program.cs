using ExtAuthz.Benchmarks;

switch (args)
{
    case ["serve"]:
        await NothingServer.RunAsync();
        return 0;
    case ["serve-warm"]:
        await WarmServer.RunAsync();
        return 0;
    case ["message", var file, var cookie]:
        await File.WriteAllBytesAsync(file, SampleCall.Frame(cookie));
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            serve                  answers every Check with the same allowance, on a free port, and prints its address
            serve-warm             the whole service with one session that it knows; prints its address and the cookie
            message FILE COOKIE    writes the body of a Check call with 20 headers
            """);
        return 2;
}
