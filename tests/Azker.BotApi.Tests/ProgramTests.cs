using System.Diagnostics;

namespace Azker.BotApi.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task The_program_prints_its_ports_and_answers_on_them()
    {
        using Process process = Start("--port 0 --port 0 --first-update-id 100");
        try
        {
            string first = await ReadUrlAsync(process);
            string second = await ReadUrlAsync(process);
            Assert.NotEqual(first, second);
            using var http = new HttpClient();
            using var text = new StringContent("""{"chat":5,"text":"a"}""", null, "application/json");
            await http.PostAsync($"{first}/control/bots/123456/messages", text, TestServer.Cancellation);
            string call = $"{second}/bot{TestServer.Token}/getUpdates";
            Answer answer = await Answer.ReadAsync(await http.GetAsync(call, TestServer.Cancellation));
            Assert.Equal([100], answer.UpdateIds);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task The_help_lists_the_control_routes()
    {
        using Process process = Start("--help");
        string help = await process.StandardOutput.ReadToEndAsync(TestServer.Cancellation);
        Assert.Contains("/control/bots/<id>/statistics", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_on_this_machine_is_refused_with_an_example()
    {
        using Process process = Start("--host bot.example.com=9.9.9.9:80", isErrorWanted: true);
        string error = await process.StandardError.ReadToEndAsync(TestServer.Cancellation);
        Assert.Contains(
            "--host is bot.example.com=9.9.9.9:80 and must be NAME=ADDRESS:PORT with an address of this machine, "
                + "such as bot.example.com=127.0.0.1:5000.",
            error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port 70000", "--port is 70000 and must be 0 to 65535; 0 takes any free port.")]
    [InlineData("--port 0 --first-update-id 0", "--first-update-id is 0 and must be 1 to 2000000000.")]
    public async Task A_number_out_of_range_is_refused_with_its_range(string arguments, string message)
    {
        using Process process = Start(arguments, isErrorWanted: true);
        string error = await process.StandardError.ReadToEndAsync(TestServer.Cancellation);
        await process.WaitForExitAsync(TestServer.Cancellation);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public async Task A_webhook_at_a_host_of_this_machine_is_set()
    {
        using Process process = Start("--port 0 --host bot.example.com=127.0.0.1:1 --host other.example.com=127.0.0.1:2");
        try
        {
            using var http = new HttpClient();
            string call = $"{await ReadUrlAsync(process)}/bot{TestServer.Token}/setWebhook?url=https://Other.example.com";
            Assert.Equal("Webhook was set", (await Answer.ReadAsync(await http.GetAsync(call, TestServer.Cancellation))).Description);
        }
        finally
        {
            process.Kill();
        }
    }

    private static Process Start(string arguments, bool isErrorWanted = false)
    {
        string program = typeof(BotApiServer).Assembly.Location;
        return Process.Start(new ProcessStartInfo("dotnet", $"{program} {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = isErrorWanted,
        })!;
    }

    private static async Task<string> ReadUrlAsync(Process process)
    {
        string? line = await process.StandardOutput.ReadLineAsync(TestServer.Cancellation);
        Assert.StartsWith("Listening on http://127.0.0.1:", line, StringComparison.Ordinal);
        return line!["Listening on ".Length..];
    }
}
