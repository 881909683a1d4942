using ExtAuthz.Benchmarks;

switch (args)
{
    case ["serve"]:
        await NothingServer.RunAsync();
        return 0;
    case ["message", var file]:
        await File.WriteAllBytesAsync(file, SampleCall.Frame(SampleCall.DefaultCookie));
        return 0;
    case ["message", var file, var cookie]:
        await File.WriteAllBytesAsync(file, SampleCall.Frame(cookie));
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            serve                  answers every Check with the same allowance, on a free port, and prints its address
            message FILE [COOKIE]  writes the body of a Check call with 20 headers, 1.5 KB with the default cookie
            """);
        return 2;
}
