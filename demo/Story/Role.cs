namespace Azker.Demo.Story;

/// <summary>A console of the story.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Duty">What it is there for.</param>
/// <param name="Webhook">Where the webhook is served: scheme, address and port.</param>
internal sealed record Role(string Name, Duty Duty, string Webhook);
