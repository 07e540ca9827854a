namespace Azker.Core.Delivery;

/// <summary>The way on which an update came to this instance.</summary>
internal enum DeliveryOrigin
{
    /// <summary>In the answer to a poll. Telegram delivers it again until it is confirmed.</summary>
    Polled,

    /// <summary>In a request to the webhook. Telegram delivers it again unless the answer is 200.</summary>
    Pushed,

    /// <summary>From the store of parked updates.</summary>
    Parked,
}
