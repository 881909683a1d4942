using ExtAuthz.Server;
using ExtAuthz.Server.Configuration;

if (args is [RevokeCommand.Name, ..])
{
    return await RevokeCommand.RunAsync(args);
}

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddConsole(); // with all its formatters: Logging:Console:FormatterName=json
switch (AuthkitConfiguration.Load(builder.Configuration))
{
    case AuthkitConfiguration.Loaded loaded:
        builder.AddExtAuthz(loaded.Settings);
        await using (var application = builder.Build())
        {
            application.UseExtAuthz();
            await application.RunAsync();
        }

        return 0;

    case var refused:
        await Console.Error.WriteAsync(refused.ToString());
        return AuthkitConfiguration.Refused.ExitCode;
}
