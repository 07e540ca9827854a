using Azker.PollingFallback;
using Microsoft.Extensions.DependencyInjection;

return await AzkerConsole.RunAsync(args, azker => azker.AddSampleBot());
