using System.CommandLine;
using System.Net;
using Azker.BotApi;
using Azker.BotApi.Control;
using Azker.BotApi.Hosting;

var ports = new Option<int[]>("--port")
{
    Description = "A port to listen on, at 127.0.0.1; may be given several times. 0 is any free one; the bound ports are printed.",
    DefaultValueFactory = _ => [8081],
};
ports.Validators.Add(result =>
{
    foreach (string wrong in result.Tokens.Select(token => token.Value).Where(value => !ushort.TryParse(value, out _)))
    {
        result.AddError($"--port takes 0..65535, not {wrong}.");
    }
});
var local = new Option<bool>("--local") { Description = "Accept any scheme, port and address for a webhook." };
var hosts = new Option<Dictionary<string, IPEndPoint>>("--host")
{
    Description = "NAME=ADDRESS:PORT, may be given several times: webhooks at this host are called there, without the rules on addresses.",
    CustomParser = HostArguments.Parse,
    DefaultValueFactory = _ => [],
};
var firstUpdateId = new Option<int?>("--first-update-id") { Description = "The first update_id of each bot; random by default." };
var root = new RootCommand($"A stand-in for the Telegram Bot API server.{Environment.NewLine}{Environment.NewLine}{ControlHelp.Text}")
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
        await Console.Error.WriteLineAsync($"{exception.Message} Choose another --port; 0 is any free one.");
        return 1;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        Console.WriteLine("Stopped");
    }

    return 0;
});
return await root.Parse(args).InvokeAsync();
