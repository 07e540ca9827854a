using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Infrastructure;

/// <summary>A chain of credentials that is slower than a call to the storage may be.</summary>
public sealed class SharedTokenCredentialTests
{
    private static readonly TokenRequestContext Storage = new(["https://storage.azure.com/.default"]);

    private readonly FakeTimeProvider _time = new();
    private readonly SlowChain _chain = new();
    private readonly SharedTokenCredential _credential;

    public SharedTokenCredentialTests() => _credential = new SharedTokenCredential(_chain, _time);

    [Fact]
    public async Task A_call_whose_time_is_over_does_not_cancel_the_fetch_and_the_next_call_has_its_token()
    {
        using var limit = new CancellationTokenSource();
        Task<AccessToken> call = GetWithin(limit.Token);
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(call));

        await _chain.Answer(Token("one"));

        Assert.Equal("one", (await Eventually.Completes(Get())).Token);
        Assert.Equal(1, _chain.Fetches);
    }

    [Fact]
    public async Task All_clients_wait_for_one_fetch()
    {
        Task<AccessToken[]> calls = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Get()));

        await _chain.Answer(Token("one"));

        Assert.All(await Eventually.Completes(calls), token => Assert.Equal("one", token.Token));
        Assert.Equal(1, _chain.Fetches);
    }

    [Fact]
    public async Task A_token_is_renewed_before_its_end_while_calls_go_on_with_it()
    {
        Task<AccessToken> first = Get();
        await _chain.Answer(Token("one"));
        await Eventually.Completes(first);

        _time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("one", (await Eventually.Completes(Get())).Token);
        await _chain.Answer(Token("two"));
        await Eventually.IsTrue(() => Get().Result.Token == "two", "the new token is used");
        Assert.Equal(2, _chain.Fetches);
    }

    [Fact]
    public async Task A_failure_is_the_answer_of_the_calls_of_the_next_10_s_and_then_the_chain_is_asked_again()
    {
        Task prepared = _credential.PrepareAsync(CancellationToken.None);
        await _chain.Fail(new CredentialUnavailableException("run az login"));
        await Eventually.Completes(prepared);

        Assert.Equal("run az login", (await Assert.ThrowsAsync<CredentialUnavailableException>(() => Get())).Message);
        _time.Advance(TimeSpan.FromSeconds(10));
        Task<AccessToken> next = Get();
        await _chain.Answer(Token("one"));

        Assert.Equal("one", (await Eventually.Completes(next)).Token);
    }

    [Fact]
    public async Task A_chain_that_never_answers_is_given_up_after_a_minute()
    {
        Task<AccessToken> call = Get();
        await Eventually.IsTrue(() => _chain.Fetches == 1, "the chain is asked");

        await _time.PassUntil(() => call.IsCompleted, "the fetch is given up", step: 1);

        Assert.Equal("no token within 60 s", (await Assert.ThrowsAsync<AuthenticationFailedException>(() => call)).Message);
    }

    private Task<AccessToken> Get() => GetWithin(CancellationToken.None);

    private Task<AccessToken> GetWithin(CancellationToken cancellationToken) => _credential.GetTokenAsync(Storage, cancellationToken).AsTask();

    private AccessToken Token(string text) => new(text, _time.GetUtcNow().AddHours(1));

    private sealed class SlowChain : TokenCredential
    {
        private TaskCompletionSource<AccessToken> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _fetches;

        public int Fetches => Volatile.Read(ref _fetches);

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Task<AccessToken> answer = _answer.Task;
            Interlocked.Increment(ref _fetches);
            return await answer;
        }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task Answer(AccessToken token) => End(answer => answer.SetResult(token));

        public Task Fail(Exception error) => End(answer => answer.SetException(error));

        private int _ended;

        private async Task End(Action<TaskCompletionSource<AccessToken>> end)
        {
            await Eventually.IsTrue(() => Fetches > _ended, "the chain is asked");
            _ended = Fetches;
            end(Interlocked.Exchange(ref _answer, new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously)));
        }
    }
}
