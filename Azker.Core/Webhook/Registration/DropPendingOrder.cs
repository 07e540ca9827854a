using Azker.Core.Configuration;

namespace Azker.Core.Webhook.Registration;

/// <summary>The user's order to drop the pending updates at the start of the run: it is carried out at most once.</summary>
internal sealed class DropPendingOrder(AzkerOptions options)
{
    /// <summary>Whether the order was given and is not sent yet.</summary>
    public bool IsOpen { get; private set; } = options.DropPending;

    /// <summary>
    /// Closes the order before it is sent: when the answer is lost, the server may have carried it out, and a second order would drop
    /// updates that came later.
    /// </summary>
    /// <returns>Whether the order was open.</returns>
    public bool Take()
    {
        bool wasOpen = IsOpen;
        IsOpen = false;
        return wasOpen;
    }
}
