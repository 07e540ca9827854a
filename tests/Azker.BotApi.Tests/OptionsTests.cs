using System.Net;

namespace Azker.BotApi.Tests;

public sealed class OptionsTests
{
    public static TheoryData<BotApiServerOptions, string> WrongOptions => new()
    {
        { new() { Ports = [] }, "Ports is empty and must contain at least one port; 0 takes any free port." },
        { new() { Ports = [0, 70_000] }, "Ports contains 70000. A port is 0 to 65535; 0 takes any free port." },
        { new() { FirstUpdateId = 0 }, "FirstUpdateId is 0 and must be 1 to 2000000000." },
        { new() { Hosts = Host("Bot.example.com", "127.0.0.1:5000") }, "Hosts contains Bot.example.com. Write the host in lower case." },
        {
            new() { Hosts = Host("bot.example.com", "9.9.9.9:80") },
            "Hosts maps bot.example.com to 9.9.9.9:80 and must map it to a port of this machine, such as 127.0.0.1:5000."
        },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public async Task A_wrong_option_is_named_with_its_value_and_its_range(BotApiServerOptions options, string message)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => TestServer.StartAsync(options));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, IPEndPoint> Host(string name, string endPoint) => new() { [name] = IPEndPoint.Parse(endPoint) };
}
