namespace Azker.BotApi.Requests;

/// <summary>The path of a call: <c>/bot&lt;token&gt;/[test/]&lt;method&gt;</c>.</summary>
internal sealed record ApiPath(string Token, bool IsTest, string Method)
{
    private const string Prefix = "/bot";
    private const string Test = "/test";

    public static ApiPath? Parse(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        int slash = path.IndexOf('/', Prefix.Length);
        if (slash < 0)
        {
            return null;
        }

        string token = path[Prefix.Length..slash];
        string rest = path[slash..];
        bool isTest = rest.StartsWith(Test, StringComparison.Ordinal);
        rest = isTest ? rest[Test.Length..] : rest;
        return rest.StartsWith('/') ? new ApiPath(token, isTest, rest[1..]) : null;
    }
}
