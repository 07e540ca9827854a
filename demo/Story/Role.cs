namespace Azker.Demo.Story;

/// <summary>A console of the story.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Webhook">Where it serves the webhook: scheme, address and port; <see langword="null"/> for one that polls.</param>
internal sealed record Role(string Name, string? Webhook = null);
