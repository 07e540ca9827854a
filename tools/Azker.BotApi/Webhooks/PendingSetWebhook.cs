using Azker.BotApi.Requests;

namespace Azker.BotApi.Webhooks;

/// <summary>A setWebhook whose host is being resolved. A newer setWebhook may end it.</summary>
internal sealed class PendingSetWebhook(Caller caller)
{
    private readonly TaskCompletionSource<Task<ApiAnswer>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Caller Caller => caller;

    public Task<ApiAnswer> Answer => _answer.Task.Unwrap();

    public void Complete(Task<ApiAnswer> answer) => _answer.TrySetResult(answer);
}
