using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Tests.Infrastructure;
using Azker.Core.Tests.Shared;
using Telegram.Bot;

namespace Azker.Core.Tests.BotApi;

/// <summary>The paths of calls and of files.</summary>
public sealed class ApiPathTests : IDisposable
{
    private readonly DualStackHost _server = DualStackHost.WithFullBacklog(usesTls: true);

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("", "false", "/bot{0}/deleteWebhook", "/file/bot{0}/photos/a.jpg")]
    [InlineData("api", "", "/api/bot{0}/deleteWebhook", "/api/file/bot{0}/photos/a.jpg")]
    [InlineData("a/b-1/", "", "/a/b-1/bot{0}/deleteWebhook", "/a/b-1/file/bot{0}/photos/a.jpg")]
    [InlineData("", "true", "/bot{0}/test/deleteWebhook", "/file/bot{0}/test/photos/a.jpg")]
    [InlineData("api", "true", "/api/bot{0}/test/deleteWebhook", "/api/file/bot{0}/test/photos/a.jpg")]
    public async Task Calls_and_files_have_the_path_of_the_server_and_of_its_test_environment(string path, string test, string call, string file)
    {
        BotOptions bot = Settings.Read((SettingNames.TelegramApiUrl, $"{_server.Url}{path}"), (SettingNames.TelegramTestEnvironment, test)).Bot;
        TelegramBotClient client = BotApiClients.ForReceiving(bot, new NetworkOptions(), new AddressRace(ResolveAsync, TimeProvider.System, _server.Trust.Clone));

        await Eventually.Completes(client.DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken));
        await Eventually.Completes(client.DownloadFile("photos/a.jpg", Stream.Null, TestContext.Current.CancellationToken));

        Assert.Equal(
            [$"POST {string.Format(null, call, Settings.Token)} HTTP/1.1", $"GET {string.Format(null, file, Settings.Token)} HTTP/1.1"], _server.Requests);
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
}
