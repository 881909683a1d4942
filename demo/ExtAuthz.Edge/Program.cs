using ExtAuthz.Edge;

// Every property of EdgeOptions is a setting: --AuthorizationAddress=http://127.0.0.1:9001 or EDGE_AuthorizationAddress.
var options = new ConfigurationBuilder()
    .AddEnvironmentVariables("EDGE_")
    .AddCommandLine(args)
    .Build()
    .Get<EdgeOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new EdgeOptions();

await EdgeApplication.Create(options).RunAsync();
