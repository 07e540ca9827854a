using System.CommandLine;
using System.Net;
using Azker.Core.Configuration;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Settings;

namespace Azker.PollingFallback.Commands.Health;

/// <summary><c>health</c>: asks a running instance as a probe does, for a container whose image has no other HTTP client.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var ready = new Option<bool>("--ready") { Description = Texts.HealthReadyOption };
        var health = new Command("health", Texts.HealthDescription) { ready };
        health.SetAction((result, cancellationToken) => CommandFault.CatchAsync(() =>
            RunAsync(result.GetValue(ready) ? HealthPaths.Ready : HealthPaths.Live, cancellationToken)));
        return health;
    }

    /// <summary>The address at which a probe on the same machine reaches a server that listens at an address.</summary>
    public static Uri Reached(Uri listen) => !IPAddress.TryParse(listen.DnsSafeHost, out IPAddress? address)
        ? listen
        : new UriBuilder(listen) { Host = address.Equals(IPAddress.Any) ? "127.0.0.1" : address.Equals(IPAddress.IPv6Any) ? "localhost" : listen.Host }.Uri;

    private static async Task<int> RunAsync(string path, CancellationToken cancellationToken)
    {
        if (ConsoleServer.AddressesOf(AzkerOptions.Read(SettingsFiles.Read(Directory.GetCurrentDirectory()))) is not [Uri listen, ..])
        {
            await Console.Error.WriteLineAsync(Texts.FormatHealthNoAddress(SettingNames.HealthListen, SettingNames.WebhookListen));
            return ExitCode.Misconfigured;
        }

        var probe = new Uri(Reached(listen), WebhookOptions.HealthPath + path);
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Limit };
            using HttpResponseMessage answer = await client.GetAsync(probe, cancellationToken);
            string text = Texts.FormatHealthAnswer(probe, (int)answer.StatusCode);
            await (answer.IsSuccessStatusCode ? Console.Out : Console.Error).WriteLineAsync(text);
            return answer.IsSuccessStatusCode ? ExitCode.Stopped : ExitCode.Unexpected;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await Console.Error.WriteLineAsync(Texts.FormatHealthSilent(probe, error.Message));
            return ExitCode.Unexpected;
        }
    }
}
