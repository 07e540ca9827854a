using System.CommandLine;
using System.Globalization;
using System.Net;
using Azker.BotApi;
using Azker.BotApi.Control;
using Azker.BotApi.Hosting;
using Azker.BotApi.Updates;

var ports = new Option<int[]>("--port")
{
    Description = "A port to listen on, at 127.0.0.1. Repeat the option for several ports. 0 takes any free port. "
        + "The program prints the bound ports.",
    DefaultValueFactory = _ => [8081],
};
ports.Validators.Add(result =>
{
    foreach (string wrong in result.Tokens.Select(token => token.Value).Where(value => !ushort.TryParse(value, out _)))
    {
        result.AddError($"--port is {wrong} and must be 0 to 65535; 0 takes any free port.");
    }
});
var local = new Option<bool>("--local") { Description = "Accept any scheme, port and address for a webhook." };
var hosts = new Option<Dictionary<string, IPEndPoint>>("--host")
{
    Description = "NAME=ADDRESS:PORT: calls webhooks of this host at this address of this machine, without the rules on addresses. "
        + "Repeat the option for several hosts.",
    CustomParser = HostArguments.Parse,
    DefaultValueFactory = _ => [],
};
var firstUpdateId = new Option<int?>("--first-update-id")
{
    Description = $"The first update_id of each bot, 1 to {UpdateQueue.MaxId}. By default it is random.",
};
firstUpdateId.Validators.Add(result =>
{
    foreach (string wrong in result.Tokens.Select(token => token.Value).Where(value => !IsUpdateId(value)))
    {
        result.AddError($"--first-update-id is {wrong} and must be 1 to {UpdateQueue.MaxId}.");
    }
});
var root = new RootCommand($"Runs a stand-in for Telegram's Bot API server.{Environment.NewLine}{Environment.NewLine}{ControlHelp.Text}")
{
    ports,
    local,
    hosts,
    firstUpdateId,
};
root.SetAction(async (arguments, cancellationToken) =>
{
    var options = new BotApiServerOptions
    {
        Ports = arguments.GetRequiredValue(ports),
        Local = arguments.GetValue(local),
        Hosts = arguments.GetRequiredValue(hosts),
        FirstUpdateId = arguments.GetValue(firstUpdateId),
    };
    try
    {
        await using BotApiServer server = await BotApiServer.StartAsync(options, TimeProvider.System, cancellationToken);
        foreach (string url in server.Urls)
        {
            Console.WriteLine($"Listening on {url}");
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
    catch (IOException exception)
    {
        await Console.Error.WriteLineAsync($"{exception.Message} Choose another --port; 0 takes any free port.");
        return 1;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        Console.WriteLine("Stopped.");
    }

    return 0;
});
return await root.Parse(args).InvokeAsync();

static bool IsUpdateId(string text) =>
    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id is >= 1 and <= UpdateQueue.MaxId;

// ASP.NET Core makes the class of the top-level statements public unless it is declared here. The library does not show it.
internal sealed partial class Program;
