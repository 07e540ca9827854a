using System.Net;
using System.Net.Sockets;
using Azker.AspNetCore.Dashboard;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Azker.PollingFallback.Commands.Dashboard;

/// <summary>Serves the dashboard until a signal asks it to stop.</summary>
internal static class ServeDashboard
{
    /// <param name="configure">Adds the handlers of the bot, for a replay.</param>
    /// <param name="newKey">Whether to make a key and print it once.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public static Task<int> RunAsync(Action<IAzkerBuilder>? configure, bool newKey, CancellationToken cancellationToken) => CommandFault.CatchAsync(async () =>
    {
        string? generated = newKey ? DashboardKey.Generate() : null;
        await using WebApplication host = ConsoleHost.CreateDashboard(
            SettingsFiles.Read(Directory.GetCurrentDirectory()), configure, options => AccessOf(options, generated));
        AzkerBot bot = host.Services.GetRequiredService<AzkerBot>();
        await bot.PrepareStorageAsync(cancellationToken);
        await StartAsync(host, bot.Options, cancellationToken);
        await PrintAsync(host, generated);
        await host.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Stopped;
    });

    /// <exception cref="DashboardKeyException">The address is not loopback, and there is no key.</exception>
    private static DashboardAccess AccessOf(AzkerOptions options, string? generated)
    {
        bool isLocal = IsLoopback(options.Dashboard.Listen!);
        return (generated ?? options.Dashboard.Key) switch
        {
            { } key => new DashboardAccess(new DashboardKey(key, TimeProvider.System), isLocal),
            null when isLocal => new DashboardAccess(key: null, isLocal),
            null => throw new DashboardKeyException(options.Dashboard.Listen!),
        };
    }

    private static bool IsLoopback(Uri address) =>
        address.HostNameType == UriHostNameType.Dns ? address.Host == "localhost" : IPAddress.IsLoopback(IPAddress.Parse(address.DnsSafeHost));

    private static async Task StartAsync(WebApplication host, AzkerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new ListenException([options.Dashboard.Listen!], error, SettingNames.DashboardListen);
        }
    }

    private static async Task PrintAsync(WebApplication host, string? generated)
    {
        await Console.Out.WriteLineAsync(Texts.FormatDashboardAt(string.Join(", ", host.Urls.Select(url => $"{url}/"))));
        if (generated is not null)
        {
            await Console.Out.WriteLineAsync(Texts.FormatDashboardKey(generated));
        }
    }
}
