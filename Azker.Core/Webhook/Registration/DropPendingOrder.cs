using Azker.Core.Configuration;

namespace Azker.Core.Webhook.Registration;

/// <summary>The user's order to throw away what waits with Telegram when the run begins: carried out once, or never.</summary>
internal sealed class DropPendingOrder(AzkerOptions options)
{
    /// <summary>Whether it was given, and is not carried out yet.</summary>
    public bool IsOpen { get; private set; } = options.DropPending;

    public void CarriedOut() => IsOpen = false;
}
