using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Health;
using Azker.Core.Infrastructure;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.DeadLetters;

public sealed class DeadLetterArchiveTests : IAsyncDisposable
{
    private const string AccountKey = "c2VjcmV0IGtleSBvZiBhbiBhY2NvdW50IQ==";

    private Services _services = new([(SettingNames.DeadLetterMax, "3")]);

    private DeadLetterArchive Letters => _services.Get<DeadLetterArchive>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task The_same_update_is_one_dead_letter_and_another_update_with_its_id_is_a_second()
    {
        await Add("""{"update_id":1,"message":1}""");
        await Add("""{"update_id":1,"message":1}""");
        await Add("""{"update_id":1,"message":2}""");

        Assert.Equal(2, (await List()).Count);
    }

    [Fact]
    public async Task At_the_limit_no_dead_letter_is_removed_for_another_and_health_says_so()
    {
        _services.Get<ReceiverStatus>().ExchangeSucceeded();
        foreach (string raw in new[] { "1", "2", "3" })
        {
            await Add(raw);
        }

        Assert.Equal("ok", (await Health()).Status);
        DeadLetterException error = await Assert.ThrowsAsync<DeadLetterException>(() => Add("4"));

        Assert.True(error.IsFull);
        Assert.Equal(
            "3 dead letters are kept, which is the limit of DEAD_LETTER_MAX, and none is removed for a new one. Replay some (dead-letters replay), or raise DEAD_LETTER_MAX.",
            error.Message);
        Assert.Equal(3, (await List()).Count);
        HealthReport report = await Health();
        Assert.Equal(("degraded", true), (report.Status, report.Active));
        Assert.StartsWith("The limit of DEAD_LETTER_MAX dead letters is reached", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_that_is_kept_already_is_settled_though_no_new_one_is_kept()
    {
        foreach (string raw in new[] { "1", "2", "3", "1", "2", "3" })
        {
            await Add(raw);
        }

        Assert.Equal(3, (await List()).Count);
        Assert.Null(Letters.Problem);
    }

    [Fact]
    public async Task Once_some_are_removed_dead_letters_are_kept_again_and_health_is_ok()
    {
        foreach (string raw in new[] { "1", "2", "3" })
        {
            await Add(raw);
        }

        await Assert.ThrowsAsync<DeadLetterException>(() => Add("4"));
        await Letters.RemoveAsync((await List())[0], Token);
        _services.Time.Advance(TimeSpan.FromSeconds(10));

        await Add("4");
        Assert.Equal(3, (await List()).Count);
        Assert.Null(Letters.Problem);
        await Assert.ThrowsAsync<DeadLetterException>(() => Add("5"));
    }

    [Fact]
    public async Task A_dead_letter_that_is_gone_already_frees_no_place()
    {
        foreach (string raw in new[] { "1", "2", "3" })
        {
            await Add(raw);
        }

        StoredDeadLetter first = (await List())[0];
        await Letters.RemoveAsync(first, Token);
        await Letters.RemoveAsync(first, Token);

        await Add("4");
        await Assert.ThrowsAsync<DeadLetterException>(() => Add("5"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Health_reports_a_problem_for_5_minutes_also_when_the_wall_clock_is_set(int hours)
    {
        var time = new FakeTimeProvider();
        var clock = new SkewedTimeProvider(time);
        await using var services = new Services([(SettingNames.DeadLetterMax, "1")], clock);
        DeadLetterArchive letters = services.Get<DeadLetterArchive>();
        await letters.AddAsync("1"u8.ToArray(), Letter(), Token);
        await Assert.ThrowsAsync<DeadLetterException>(() => letters.AddAsync("2"u8.ToArray(), Letter(), Token));

        clock.Skew = TimeSpan.FromHours(hours);
        Assert.NotNull(letters.Problem);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(letters.Problem);
    }

    [Fact]
    public async Task Of_many_at_once_no_more_are_kept_than_allowed()
    {
        Task[] adds = [.. Enumerable.Range(0, 50).Select(i => Add($"{i}"))];

        await Assert.ThrowsAsync<DeadLetterException>(() => Task.WhenAll(adds));

        Assert.Equal(3, adds.Count(add => add.IsCompletedSuccessfully));
        Assert.Equal(3, (await List()).Count);
    }

    [Fact]
    public async Task Health_reports_that_dead_letters_cannot_be_written_until_they_can()
    {
        _services.Get<ReceiverStatus>().ExchangeSucceeded();
        await File.WriteAllTextAsync(_services.Data["dead-letters"], "in the way", Token);

        await Assert.ThrowsAsync<DeadLetterException>(() => Add("1"));

        Assert.Equal("Dead letters cannot be kept, so updates that failed for good wait at Telegram.", (await Health()).Reason);
        File.Delete(_services.Data["dead-letters"]);
        await Add("1");
        Assert.Equal("ok", (await Health()).Status);
    }

    [Fact]
    public async Task No_secret_appears_in_a_dead_letter()
    {
        await _services.DisposeAsync();
        _services = new Services([
            (SettingNames.WebhookSecret, "the_current_secret"),
            (SettingNames.WebhookSecretPrevious, "the_secret"),
            (SettingNames.Storage, $"DefaultEndpointsProtocol=https;AccountName=azker;AccountKey={AccountKey};EndpointSuffix=core.windows.net")]);
        string token = Settings.Token;
        var letters = new DeadLetterArchive(
            new DeadLetterFiles(_services.Get<AzkerOptions>()),
            new DeliveryOptions(),
            new SecretMask(_services.Get<AzkerOptions>().Secrets),
            _services.Time,
            new RecordingLogger<DeadLetterArchive>());

        await letters.AddAsync(Encoding.UTF8.GetBytes("1"), Letter(
            $"https://api.telegram.org/file/bot{token}/a?{Uri.EscapeDataString(token)} {token[7..]} the_current_secret the_secret {AccountKey} {Uri.EscapeDataString(AccountKey)} stays"), Token);

        StoredDeadLetter stored = await letters.ListAsync(Token).SingleAsync(Token);
        Assert.Equal("https://api.telegram.org/file/bot***/a?*** *** *** *** *** *** stays", stored.Letter.Error);
    }

    [Fact]
    public async Task The_secret_that_is_derived_from_the_token_appears_in_no_dead_letter_either()
    {
        await Letters.AddAsync(Encoding.UTF8.GetBytes("1"), Letter($"secret {_services.Get<SecretToken>().Reveal()}"), Token);

        Assert.Equal("secret ***", Assert.Single(await List()).Letter.Error);
    }

    [Fact]
    public async Task A_text_without_end_is_cut_off()
    {
        await Letters.AddAsync(Encoding.UTF8.GetBytes("1"), Letter(new string('x', 10_000)) with { Kind = new string('k', 1000) }, Token);

        DeadLetter letter = Assert.Single(await List()).Letter;
        Assert.Equal((800, 64), (letter.Error!.Length, letter.Kind!.Length));
        Assert.EndsWith("x…", letter.Error, StringComparison.Ordinal);
    }

    private static DeadLetter Letter(string? error = null) => new() { UpdateId = 1, Reason = "Its handler failed.", Error = error, GivenUpAt = DateTimeOffset.UnixEpoch };

    private Task<bool> Add(string raw) => Letters.AddAsync(Encoding.UTF8.GetBytes(raw), Letter(), Token);

    private Task<HealthReport> Health() => _services.Get<HealthReporter>().ReportAsync(Token);

    private async Task<List<StoredDeadLetter>> List() => await Letters.ListAsync(Token).ToListAsync(Token);
}
