using System.Linq.Expressions;
using System.Reflection;

namespace Azker.Core.Configuration.Settings;

/// <summary>The option that a setting sets.</summary>
internal sealed class SettingProperty
{
    private readonly PropertyInfo _group;
    private readonly PropertyInfo _option;

    private SettingProperty(MemberExpression option)
    {
        _option = (PropertyInfo)option.Member;
        _group = (PropertyInfo)((MemberExpression)option.Expression!).Member;
    }

    /// <param name="property">An expression such as <c>options => options.Delivery.HandlerTimeout</c>.</param>
    public static SettingProperty Of<T>(Expression<Func<AzkerOptions, T>> property) =>
        new((MemberExpression)(property.Body is UnaryExpression conversion ? conversion.Operand : property.Body));

    public object? Get(AzkerOptions options) => _option.GetValue(_group.GetValue(options));

    public void Set(AzkerOptions options, object? value) => _option.SetValue(_group.GetValue(options), value);

    /// <summary>The path of the option, such as <c>Delivery.HandlerTimeout</c>.</summary>
    public override string ToString() => $"{_group.Name}.{_option.Name}";
}
