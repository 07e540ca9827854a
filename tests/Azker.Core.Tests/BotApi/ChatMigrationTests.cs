using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Handling.Errors;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.BotApi;

public sealed class ChatMigrationTests : IDisposable
{
    private const long Group = -5;
    private const long Supergroup = -1000000000005;

    private readonly RecordingLogger<ChatMigrationHandler> _log = new();
    private readonly Server _server = new();
    private readonly HttpClient _http;
    private readonly TelegramBotClient _client;

    public ChatMigrationTests()
    {
        _http = new HttpClient(new ChatMigrationHandler(_log, new AnswerLossHandler(1_000_000, _server)));
        _client = new TelegramBotClient("123456:token", _http);
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_message_to_a_group_that_became_a_supergroup_is_sent_to_the_supergroup_and_its_result_is_the_result()
    {
        Message sent = await _client.SendMessage(Group, "chat_id \"-5\" ü", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Supergroup, sent.Chat.Id);
        Assert.Equal(2, _server.Bodies.Count);
        Assert.Equal(_server.Bodies[0].Replace("\"chat_id\":-5", $"\"chat_id\":{Supergroup}", StringComparison.Ordinal), _server.Bodies[1]);
        LogEntry entry = Assert.Single(_log.Entries);
        Assert.Equal(LogLevel.Information, entry.Level);
        Assert.Equal(
            "The group -5 became the supergroup -1000000000005, so sendMessage is sent to the supergroup. Store the new chat id in place of the old one.",
            entry.Message);
    }

    [Fact]
    public async Task A_file_is_uploaded_again_from_its_beginning()
    {
        using var file = new MemoryStream("content of the file"u8.ToArray());

        await _client.SendDocument(Group, InputFile.FromStream(file, "a.txt"), "caption", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, _server.Bodies.Count);
        Assert.All(_server.Bodies, body => Assert.Contains("content of the file", body, StringComparison.Ordinal));
        Assert.All(_server.Bodies, body => Assert.Contains("caption", body, StringComparison.Ordinal));
        Assert.Contains(Supergroup.ToString(System.Globalization.CultureInfo.InvariantCulture), _server.Bodies[1], StringComparison.Ordinal);
        Assert.StartsWith("The group -5 became", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_again_leaves_the_refusal()
    {
        using var file = new OneWayStream();

        ApiRequestException error = await Assert.ThrowsAsync<ApiRequestException>(
            () => _client.SendDocument(Group, InputFile.FromStream(file, "a.txt"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(ErrorClass.Refused, ErrorClass.Of(error));
        Assert.Single(_server.Bodies);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_second_migration_is_not_followed()
    {
        _server.Supergroups = 2;

        ApiRequestException error = await Assert.ThrowsAsync<ApiRequestException>(Send);

        Assert.Equal(Supergroup, error.Parameters?.MigrateToChatId);
        Assert.Equal(2, _server.Bodies.Count);
    }

    [Theory]
    [InlineData("""{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""")]
    [InlineData("""{"ok":false,"error_code":400,"description":"Bad Request","parameters":{"migrate_to_chat_id":"x"}}""")]
    [InlineData("""{"ok":false,"error_code":400,"description":"Bad Request","parameters":7}""")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task Any_other_400_is_left_as_it_is(string answer)
    {
        _server.Refusal = answer;

        await Assert.ThrowsAnyAsync<RequestException>(Send);

        Assert.Single(_server.Bodies);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task The_request_of_the_caller_stays_as_it_was()
    {
        var request = new Telegram.Bot.Requests.SendMessageRequest { ChatId = Group, Text = "hello" };

        await _client.SendRequest(request, TestContext.Current.CancellationToken);

        Assert.Equal(Group, request.ChatId.Identifier);
    }

    private Task Send() => _client.SendMessage(Group, "hello", cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A server that knows the group by its new id only.</summary>
    private sealed class Server : HttpMessageHandler
    {
        public List<string> Bodies { get; } = [];

        /// <summary>The number of calls that are answered with another chat.</summary>
        public int Supergroups { get; set; } = 1;

        public string Refusal { get; set; } =
            $$$$"""{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":{{{{Supergroup}}}}}}""";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = new MemoryStream();
            await request.Content!.CopyToAsync(body, cancellationToken);
            Bodies.Add(System.Text.Encoding.UTF8.GetString(body.ToArray()));
            return Bodies.Count <= Supergroups
                ? new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent(Refusal) }
                : new HttpResponseMessage { Content = new StringContent($$$$"""{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":{{{{Supergroup}}}},"type":"supergroup"}}}""") };
        }
    }

    private sealed class OneWayStream() : MemoryStream("content"u8.ToArray())
    {
        public override bool CanSeek => false;
    }
}
