namespace Azker.Demo.Story;

/// <summary>Who is in a story, and what happens.</summary>
internal sealed record Scenario(IReadOnlyList<Role> Roles, IReadOnlyList<IStep> Steps);
