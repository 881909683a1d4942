using ExtAuthz.Demo;

return await CommandLine.RunAsync(args);
