using Azker.Core.Configuration;

namespace Azker.Core.Tests.Shared;

/// <summary>Options for tests that do not need complete options.</summary>
internal static class TestOptions
{
    /// <summary>The options of a bot that keeps its files in a directory.</summary>
    public static AzkerOptions Local(string dataDirectory, long botId = 1) => new()
    {
        Bot = { Token = FormattableString.Invariant($"{botId}:AAAAAAAAAAAAAAAAAAAAAAAA") },
        Storage = { DataDirectory = dataDirectory },
    };

    /// <summary>The options of a bot that uses a storage account.</summary>
    public static AzkerOptions Azure(string connectionString, string container, long botId = 1)
    {
        AzkerOptions options = Local("", botId);
        options.Storage.ConnectionString = connectionString;
        options.Lock.Container = container;
        options.Lock.Name = FormattableString.Invariant($"bot-{botId}");
        return options;
    }
}
