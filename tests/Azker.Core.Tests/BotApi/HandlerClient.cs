using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Telegram.Bot;

namespace Azker.Core.Tests.BotApi;

/// <summary>Makes the client that handlers get.</summary>
internal static class HandlerClient
{
    public static TelegramBotClient For(string url) =>
        BotApiClients.ForHandlers(Settings.Read((SettingNames.TelegramApiUrl, url)).Bot, new NetworkOptions(), new AddressRace(Dns.GetHostAddressesAsync, TimeProvider.System), NullLogger<ChatMigrationHandler>.Instance);
}
