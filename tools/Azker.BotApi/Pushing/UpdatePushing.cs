using Azker.BotApi.Statistics;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi.Pushing;

/// <summary>Pushes one bot's updates to its webhook, if the bot has one. The caller holds the gate.</summary>
internal sealed class UpdatePushing(PushContext context)
{
    private Func<WebhookPusher>? _create;
    private WebhookPusher? _pusher;

    public WebhookState State => _pusher?.ToState() ?? WebhookState.None;

    public void Start(PushTarget target, WebhookChanges registration)
    {
        Stop();
        _create = () => new WebhookPusher(context, target, registration);
        Resume();
    }

    public void Wake() => _pusher?.Proceed();

    public void Stop()
    {
        Pause();
        _create = null;
    }

    /// <summary>Stops the deliveries of a closed bot. Its webhook stays, and <see cref="Resume"/> starts them again.</summary>
    public void Pause()
    {
        _pusher?.Stop();
        _pusher = null;
    }

    public void Resume()
    {
        if (_pusher is null && _create is not null)
        {
            _pusher = _create();
            _pusher.Proceed();
        }
    }
}
