<#--
  The account console's own frame around our pages, with the classes of PatternFly 5 that the console uses, so that it looks
  the same and a child theme's styles apply to both. Works without JavaScript: the side navigation (on narrow screens) and
  the account menu are popovers, the groups of the navigation are <details>.

  User data never passes through msg(): its arguments are searched for ${key} references to messages. Texts with user data or
  markup inside are put together by the macro "say".
-->
<#assign assets = resourceUrl + "/" + properties.clinicAssets>

<#-- A message whose {0}, {1}… stand for pieces of markup; with a count, that is {0} and the pieces follow. -->
<#macro say key parts count="">
  <#list count?is_number?then(msg(key, count, "⟦0⟧", "⟦1⟧"), msg(key, "⟦0⟧", "⟦1⟧", "⟦2⟧"))?split("⟦") as piece>
    <#local end = piece?index_of("⟧")>
    <#if piece?index == 0 || end < 0>${piece}<#else>${parts[piece[0..<end]?number]}${piece[end + 1..]}</#if><#t>
  </#list>
</#macro>

<#macro svg viewBox="0 0 16 16" class="pf-v5-svg">
  <svg class="${class}" viewBox="${viewBox}" width="1em" height="1em" fill="currentColor" aria-hidden="true"><#nested></svg><#t>
</#macro>

<#macro state>
  <#if stateChecker??><input type="hidden" name="stateChecker" value="${stateChecker}"></#if><#t>
</#macro>

<#-- mainTabindex: 0 where the page has nothing else to focus, so that the keyboard can scroll it. -->
<#macro frame title script="" mainTabindex="-1">
<!doctype html>
<html lang="${locale}" dir="${localeDir}">
<head>
  <meta charset="utf-8">
  <title>${title} · ${realmName}</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light${darkMode?then(' dark', '')}">
  <#-- Before the styles: it waits for nothing, and the page is never shown in the wrong colours. -->
  <script src="${assets}/clinic-frame.js"<#if darkMode> data-dark-class="${properties.kcDarkModeClass!'pf-v5-theme-dark'}"</#if>></script>
  <link rel="stylesheet" href="${resourceCommonUrl}/vendor/patternfly-v5/patternfly.min.css">
  <link rel="stylesheet" href="${assets}/clinic.css">
  <#list (themeResources.styles)![] as style>
  <link rel="stylesheet" href="${resourceUrl}/${style.path}">
  </#list>
  <#if script?has_content>
  <script type="module" blocking="render" src="${assets}/${script}"></script>
  </#if>
  <#-- Signs out when nobody is there. The ticket says who asks, and is good for nothing else. -->
  <#if activityTicket?? && idle??>
  <script type="module" src="${assets}/clinic-guard.js" data-ticket="${activityTicket}" data-script="${idle.script}" data-keycloak="${idle.keycloak}" data-realm="${idle.realm}" data-title="${msg('clinicIdleTitle')}" data-text="${msg('clinicIdleText')}" data-stay="${msg('clinicIdleStay')}" data-sign-out="${msg('clinicSignOut')}"></script>
  </#if>
  <#list (themeResources.favicons)![] as icon>
  <link rel="${icon.rel!'icon'}"<#if icon.type?has_content> type="${icon.type}"</#if> href="${resourceUrl}/${icon.path}">
  <#else>
  <link rel="icon" type="image/svg+xml" href="${resourceUrl}/favicon.svg">
  </#list>
</head>
<body>
<div class="pf-v5-c-page">
  <div class="pf-v5-c-skip-to-content"><a class="pf-v5-c-button pf-m-primary" href="#clinic-main">${msg("clinicSkip")}</a></div>
  <@masthead/>
  <#if nav??>
    <div class="pf-v5-c-page__sidebar pf-m-expanded clinic-sidebar" id="clinic-sidebar" popover>
      <div class="pf-v5-c-page__sidebar-body">
        <nav class="pf-v5-c-nav" aria-label="${msg('clinicNavigation')}">
          <ul class="pf-v5-c-nav__list" role="list"><#list nav as item><@navItem item/></#list></ul>
        </nav>
      </div>
    </div>
  </#if>
  <main class="pf-v5-c-page__main" id="clinic-main" tabindex="${mainTabindex}">
    <section class="pf-v5-c-page__main-section pf-m-light">
      <div class="clinic-page">
        <#nested>
      </div>
    </section>
  </main>
</div>
</body>
</html>
</#macro>

<#macro masthead>
  <header class="pf-v5-c-masthead">
    <#if nav??>
      <span class="pf-v5-c-masthead__toggle">
        <button class="pf-v5-c-button pf-m-plain" id="clinic-nav-toggle" type="button" popovertarget="clinic-sidebar" aria-label="${msg('clinicNavigation')}">
          <@svg><path d="M.5 1.3h15v2.2H.5zm0 5.3h15v2.2H.5zm0 5.4h15v2.2H.5z"/></@svg>
        </button>
      </span>
    </#if>
    <a class="pf-v5-c-masthead__brand" href="${properties.logoUrl!url.account}"><img class="clinic-logo" src="${resourceUrl}/${properties.logo!'logo.svg'}" alt="${realmName}"></a>
    <div class="pf-v5-c-masthead__content">
      <#if user??><@accountMenu/></#if>
    </div>
  </header>
</#macro>

<#macro accountMenu>
  <div class="clinic-account">
    <button class="pf-v5-c-menu-toggle" type="button" popovertarget="clinic-account-menu">
      <span class="pf-v5-c-menu-toggle__text clinic-account__name"><bdi>${user.displayName}</bdi></span>
      <span class="pf-v5-c-menu-toggle__controls clinic-account__caret"><span class="pf-v5-c-menu-toggle__toggle-icon"><@svg viewBox="0 0 10 16"><path d="M.4 5.8h9.2L5 10.8z"/></@svg></span></span>
      <span class="clinic-account__kebab"><@svg><circle cx="8" cy="2.5" r="2"/><circle cx="8" cy="8" r="2"/><circle cx="8" cy="13.5" r="2"/></@svg></span>
    </button>
    <svg class="pf-v5-c-avatar pf-m-md clinic-avatar" viewBox="0 0 36 36" aria-hidden="true"><circle class="clinic-avatar__ground" cx="18" cy="18" r="18"/><circle cx="18" cy="14" r="6"/><path d="M6.5 31.8V29q0-7 7-7h9q7 0 7 7v2.8a18 18 0 0 1-23 0z"/></svg>
    <div class="pf-v5-c-menu clinic-account__menu" id="clinic-account-menu" popover>
      <div class="pf-v5-c-menu__content">
        <ul class="pf-v5-c-menu__list" role="list">
          <@menuItem><a class="pf-v5-c-menu__item" href="${url.account}"><@menuText "clinicMyProfile"/></a></@menuItem>
          <@menuItem><a class="pf-v5-c-menu__item" href="${url.sessions}"><@menuText "clinicSessions"/></a></@menuItem>
          <@menuItem>
            <form class="clinic-account__sign-out" method="post" action="${url.signOut}"><@state/>
              <button class="pf-v5-c-menu__item" type="submit"><@menuText "clinicSignOut"/></button>
            </form>
          </@menuItem>
        </ul>
      </div>
    </div>
  </div>
</#macro>

<#macro menuItem><li class="pf-v5-c-menu__list-item"><#nested></li></#macro>

<#macro menuText key><span class="pf-v5-c-menu__item-main"><span class="pf-v5-c-menu__item-text">${msg(key)}</span></span></#macro>

<#macro navItem item>
  <#if item.children??>
    <li class="pf-v5-c-nav__item pf-m-expandable<#if item.expanded> pf-m-current</#if>">
      <details class="clinic-nav-group"<#if item.expanded> open</#if>>
        <summary class="pf-v5-c-nav__link">${item.label}<span class="pf-v5-c-nav__toggle"><span class="pf-v5-c-nav__toggle-icon"><@svg viewBox="0 0 8 16"><path d="m2 2.9 5.1 5.1L2 13.1.5 11.6 4.1 8 .5 4.4z"/></@svg></span></span></summary>
        <div class="pf-v5-c-nav__subnav">
          <ul class="pf-v5-c-nav__list" role="list"><#list item.children as child><@navItem child/></#list></ul>
        </div>
      </details>
    </li>
  <#else>
    <li class="pf-v5-c-nav__item"><a class="pf-v5-c-nav__link<#if item.current> pf-m-current</#if>" href="${item.href}"<#if item.current> aria-current="page"</#if>>${item.label}</a></li>
  </#if>
</#macro>

<#-- Title and introduction as the stock pages have them; beside them what can be done on the page. -->
<#macro heading title intro="">
  <div class="clinic-heading">
    <div class="pf-v5-c-content">
      <h1 class="pf-v5-c-title pf-m-2xl">${title}</h1>
      <#if intro?has_content><p>${intro}</p></#if>
    </div>
    <div class="clinic-actions"><#nested></div>
  </div>
</#macro>

<#-- Whose data the countries on a page are from. -->
<#macro credit>
  <#if attribution??><p class="clinic-small clinic-credit"><#if attribution.url??><a href="${attribution.url}" rel="noreferrer"><bdi>${attribution.text}</bdi></a><#else><bdi>${attribution.text}</bdi></#if></p></#if>
</#macro>

<#-- What has just happened, with more about it inside. It takes the focus when the page is loaded, so that it is read out first. -->
<#macro noticeAlert>
  <#if notice??>
    <div class="pf-v5-c-alert pf-m-inline pf-m-${notice.type} clinic-notice" role="${(notice.type == 'danger' || notice.type == 'warning')?then('alert', 'status')}" tabindex="-1" autofocus>
      <div class="pf-v5-c-alert__icon"><@svg>
        <#if notice.type == "success"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM6.8 12 3 8.2l1.6-1.6 2.2 2.2 4.8-4.8L13.2 5.6z"/>
        <#elseif notice.type == "info"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM6.8 3h2.4v2.4H6.8zm0 3.8h2.4V13H6.8z"/>
        <#else><path d="M8 0 0 15h16zM6.8 5.5h2.4v4.7H6.8zm0 5.7h2.4v2.3H6.8z"/></#if>
      </@svg></div>
      <p class="pf-v5-c-alert__title"><#if notice.label??><#local label><bdi>${notice.label}</bdi></#local><@say key=notice.key parts=[label] count=(notice.count)!""/><#else>${msg(notice.key, notice.count!0)}</#if></p>
      <#nested>
    </div>
  </#if>
</#macro>
