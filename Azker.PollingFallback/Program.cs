using Azker.PollingFallback;
using Microsoft.Extensions.DependencyInjection;

return await AzkerConsole.RunAsync(args, azker => azker.AddSampleBot());

// ASP.NET Core makes the class of the top-level statements public unless it is declared here. The package does not show it.
internal sealed partial class Program;
