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

    private static Process Start(string arguments)
    {
        string program = typeof(BotApiServer).Assembly.Location;
        return Process.Start(new ProcessStartInfo("dotnet", $"{program} {arguments}") { RedirectStandardOutput = true })!;
    }

    private static async Task<string> ReadUrlAsync(Process process)
    {
        string? line = await process.StandardOutput.ReadLineAsync(TestServer.Cancellation);
        Assert.StartsWith("Listening on http://127.0.0.1:", line, StringComparison.Ordinal);
        return line!["Listening on ".Length..];
    }
}
