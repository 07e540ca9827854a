using Azker.PollingFallback;
using BotNamespace;

return await AzkerConsole.RunAsync(args, azker => azker.AddBotHandlers());
