using Azker.PollingFallback;
using Azker.TestBot;
using Microsoft.Extensions.DependencyInjection;

return await AzkerConsole.RunAsync(args, azker =>
{
    azker.Services.AddSingleton<Journal>().AddSingleton(TimeProvider.System);
    azker.AddHandler<ScriptedHandler>();
});
