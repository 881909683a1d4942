using ExtAuthz.FakeWorkOS;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables("FAKEWORKOS_").AddCommandLine(args).Build();
var options = configuration.Get<FakeWorkOSOptions>() ?? new FakeWorkOSOptions();
await FakeWorkOSApplication.Create(options, TimeProvider.System, logging => logging.AddSimpleConsole()).RunAsync();
