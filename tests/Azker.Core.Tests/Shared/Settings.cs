using Azker.Core.Configuration;
using Microsoft.Extensions.Configuration;

namespace Azker.Core.Tests.Shared;

internal static class Settings
{
    public const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>Reads the options of a bot with a valid token and the given settings.</summary>
    public static AzkerOptions Read(params (string Name, string? Value)[] settings) => AzkerOptions.Read(Of([(SettingNames.TelegramBotToken, Token), .. settings]));

    public static IConfiguration Of(params (string Name, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings
            .GroupBy(setting => setting.Name.Replace("__", ":", StringComparison.Ordinal))
            .Select(same => KeyValuePair.Create(same.Key, same.Last().Value)))
        .Build();
}
