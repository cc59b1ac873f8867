import{a as e}from"./chunk-YQ477B34.js";var a=r=>({show:async()=>r.replaceChildren(e("p"))});export{a as create};
