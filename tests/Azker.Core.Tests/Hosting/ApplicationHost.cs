using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Hosting;

/// <summary>An application as a user of the packages writes it, with a stand-in for the Bot API server.</summary>
internal sealed class ApplicationHost : IAsyncDisposable
{
    public const string OtherToken = "654321:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";

    private readonly TempDirectory _data = new();
    private IHost? _host;

    private ApplicationHost(BotApiServer server) => Server = server;

    public BotApiServer Server { get; }

    public BotAccount Bot => Server.Bot(Settings.Token);

    public RecordingLoggerProvider Log { get; } = new();

    public IServiceProvider Services => _host!.Services;

    public static async Task<ApplicationHost> StartAsync(Action<IServiceCollection, ApplicationHost> configure)
    {
        var application = new ApplicationHost(await BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, TestContext.Current.CancellationToken));
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(application.Log);
        configure(builder.Services, application);
        application._host = builder.Build();
        await application._host.StartAsync(TestContext.Current.CancellationToken);
        return application;
    }

    /// <summary>An application with one bot.</summary>
    public static Task<ApplicationHost> StartAsync(Action<IAzkerBuilder> configure) =>
        StartAsync((services, application) => configure(services.AddAzker(options => application.Configure(options))));

    public void Configure(AzkerOptions options, string token = Settings.Token)
    {
        options.Bot.Token = token;
        options.Bot.ApiUrl = new Uri(Server.Url);
        options.Storage.DataDirectory = _data[token[..6]];
        options.Polling.Timeout = TimeSpan.FromSeconds(1);
    }

    /// <summary>Writes to a bot as a user, and waits for its answer.</summary>
    public async Task<string> Ask(string text, string token = Settings.Token)
    {
        BotAccount bot = Server.Bot(token);
        int before = bot.Sent.Count;
        bot.EnqueueText(5, 5, text);
        await Eventually.IsTrue(() => bot.Sent.Count > before, $"'{text}' is answered");
        return bot.Sent[before].Text!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync(TestContext.Current.CancellationToken);
            await ((IAsyncDisposable)_host).DisposeAsync();
        }

        await Server.DisposeAsync();
        _data.Dispose();
    }
}
