using Azker.Core.Webhook.Registration;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>A webhook that is set.</summary>
internal sealed class Webhook(RegisterWebhookRequest request, ProcessThread by)
{
    public string Url => request.Url;

    public string Secret => request.SecretToken;

    public int MaxConnections => request.MaxConnections;

    public IReadOnlyList<string> AllowedUpdates => request.AllowedUpdates;

    /// <summary>The process that set the webhook.</summary>
    public ProcessThread By => by;

    public DateTimeOffset? LastErrorAt { get; set; }

    public string? LastError { get; set; }

    public bool IsSameAs(Webhook other) => Url == other.Url && Secret == other.Secret && MaxConnections == other.MaxConnections;
}
