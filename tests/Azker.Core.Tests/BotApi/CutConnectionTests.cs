using Azker.Core.Handling.Errors;
using Azker.Core.Tests.Shared;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.BotApi;

/// <summary>Connections that are cut at a byte, against the client for handlers.</summary>
public sealed class CutConnectionTests : IDisposable
{
    private readonly RawServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_cut_before_the_request_was_sent_completely_is_an_outage()
    {
        using var upload = new MemoryStream(new byte[50_000_000]);
        Task call = HandlerClient.For(_server.Url).SendDocument(5, InputFile.FromStream(upload), cancellationToken: TestContext.Current.CancellationToken);

        await _server.ResetAsync();

        Assert.Equal(ErrorClass.Outage, ErrorClass.Of(await Assert.ThrowsAnyAsync<Exception>(() => call)));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":true")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ok\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{\"o")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task A_cut_within_a_success_is_a_lost_answer(string answer) => Assert.Equal(ErrorClass.AnswerLost, await Classify(Send(), answer));

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 100\r\n\r\n<html>")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n")]
    public async Task Any_other_status_is_an_outage_with_a_cut_body_too(string answer) => Assert.Equal(ErrorClass.Outage, await Classify(Send(), answer));

    [Fact]
    public async Task A_download_is_not_kept_in_memory()
    {
        using var destination = new FirstBytes();
        Task download = HandlerClient.For(_server.Url).DownloadFile("a/b.txt", destination, TestContext.Current.CancellationToken);
        Task answer = _server.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");

        await Eventually.Completes(destination.Written);
        await answer;
        await Assert.ThrowsAnyAsync<Exception>(() => download);
    }

    private Task<Message> Send() => HandlerClient.For(_server.Url).SendMessage(5, "hello", cancellationToken: TestContext.Current.CancellationToken);

    private async Task<ErrorClass> Classify(Task call, string answer)
    {
        await _server.AnswerAsync(answer);
        return ErrorClass.Of(await Assert.ThrowsAnyAsync<Exception>(() => call));
    }

    private sealed class FirstBytes : MemoryStream
    {
        private readonly TaskCompletionSource<bool> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Written => _written.Task;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _written.TrySetResult(true);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
