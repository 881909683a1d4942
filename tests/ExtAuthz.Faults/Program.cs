using ExtAuthz.Faults.Scenarios;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// `faults --seeds N [--only F3]` plays the scenarios in their long form; anything else is for xunit.
return args switch
{
    ["faults", .. var options] => await FaultsProgram.RunAsync(options),
    _ when args.Any(argument => argument is "--server" or "--internal-msbuild-node") => await TestPlatformTestFramework.RunAsync(args, ExtAuthz.Faults.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
