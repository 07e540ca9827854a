using Azker.Core.Configuration;

namespace Azker.Core.Webhook.Registration;

/// <summary>The user's order to drop the pending updates at the start of the run: it is carried out at most once.</summary>
internal sealed class DropPendingOrder(AzkerOptions options)
{
    /// <summary>Whether the order was given and is not carried out yet.</summary>
    public bool IsOpen { get; private set; } = options.DropPending;

    public void Complete() => IsOpen = false;
}
